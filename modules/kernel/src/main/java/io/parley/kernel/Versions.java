package io.parley.kernel;

import java.time.Instant;
import java.util.List;

/**
 * Which versions of a resource a change may meet, from {@code If-Match}; a change that meets another one fails stale.
 *
 * @param any true where every version will do
 * @param listed the versions that will do where {@code any} is false; none of them means that none will do
 */
public record Versions(boolean any, List<Instant> listed) {
    public static final Versions ANY = new Versions(true, List.of());

    public static Versions of(Instant... listed) {
        return new Versions(false, List.of(listed));
    }
}
