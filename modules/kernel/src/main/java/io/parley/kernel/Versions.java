package io.parley.kernel;

import java.time.Instant;
import java.util.List;

/**
 * The versions of a resource that a change may apply to, from {@code If-Match}; at any other version it fails as stale.
 *
 * @param any whether every version is accepted
 * @param listed the accepted versions unless {@code any}; an empty list accepts none
 */
public record Versions(boolean any, List<Instant> listed) {
    public static final Versions ANY = new Versions(true, List.of());

    public static Versions of(Instant... listed) {
        return new Versions(false, List.of(listed));
    }
}
