package greenlet.hub;

/**
 * A server at one moment. Immutable.
 *
 * @param accepted how many connections have been accepted so far
 * @param open how many of them have not ended
 * @param served how many handlers have returned
 * @param failed how many have thrown, resets by peers included
 * @param killed how many were killed, whatever their handlers made of that: {@code accepted} is the sum of this, the two above and {@code open}
 * @param idle how many connections were closed for being idle
 * @param handshakes how many TLS handshakes failed or took too long
 * @param acceptErrors how often accepting failed, for want of descriptors for example
 */
public record ServerStatistics(
        long accepted,
        int open,
        long served,
        long failed,
        long killed,
        long idle,
        long handshakes,
        long acceptErrors) {}
