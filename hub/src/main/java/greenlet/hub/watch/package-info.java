/** What notices that a hub stands still: pure rules over what a probe has seen, and who applies them regularly. */
@org.jspecify.annotations.NullMarked
package greenlet.hub.watch;
