/**
 * For those who embed an interpreter or an engine and map its coroutines to greenlets: hooks around each switch, late
 * bodies, exit predicates, attachments, counts. Nothing here costs anything until it is used.
 */
@org.jspecify.annotations.NullMarked
package greenlet.host;
