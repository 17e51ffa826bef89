/**
 * The {@code greenlet} command: measures greenlets against threads and says which to use.
 *
 * <p>Data flows one way: {@code cli} → {@code plan} (scenario × mechanism) → forked run → samples → statistics → claims → {@code report}.
 */
@org.jspecify.annotations.NullMarked
package greenlet.lab;
