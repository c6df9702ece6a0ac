package io.parley.kernel;

import java.time.Instant;

/**
 * Times in microseconds since 1970-01-01T00:00Z, the precision in which PostgreSQL keeps them. Exact for the years from
 * -290,000 to 290,000; {@code ChronoUnit.MICROS.between} counts in nanoseconds on the way and overflows before 1677 and
 * after 2262.
 */
public final class Micros {
    private static final long PER_SECOND = 1_000_000;
    private static final long NANOS = 1_000;

    /** Rounds down to the microsecond. Fails with {@link ArithmeticException} out of range. */
    public static long of(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), PER_SECOND), time.getNano() / NANOS);
    }

    public static Instant toInstant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * NANOS);
    }

    /** The time rounded down to the microsecond. */
    public static Instant truncate(Instant time) {
        return Instant.ofEpochSecond(time.getEpochSecond(), time.getNano() / NANOS * NANOS);
    }

    private Micros() {}
}
