package io.parley.testing;

import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import java.util.UUID;

/**
 * The people everyone knows, and what they have. They are in every test class's database; what a test changes of them,
 * no other class sees. None of them has a password: whoever must sign in registers.
 */
public final class Fixtures {
    public static final Caller ada = new Caller(id("ada0"), Role.USER);
    public static final Caller grace = new Caller(id("a9ace"), Role.USER);

    /** An administrator, the only one. */
    public static final Caller margaret = new Caller(id("ad000"), Role.ADMIN);

    /** A user who is deactivated. */
    public static final Caller alan = new Caller(id("a1a00"), Role.USER);

    public static final UUID adasTripPlan = id("ada1");
    public static final UUID gracesDiary = id("a9acf");

    /** In the trash. */
    public static final UUID adasCancelledTrip = id("ada2");

    /** In the trip plan. */
    public static final UUID adasQuestion = id("ada3");

    /** In the trip plan, the assistant's reply to the question. */
    public static final UUID adasAnswer = id("ada4");

    /** In the trip plan and in the trash. */
    public static final UUID adasTypo = id("ada5");

    /** Not deleted itself, but in the cancelled trip. */
    public static final UUID adasFarewell = id("ada6");

    public static final UUID gracesEntry = id("a9ad0");

    /** Linked to the trip plan. */
    public static final UUID adasBooking = id("ada7");

    /** Linked to nothing. */
    public static final UUID adasPacking = id("ada8");

    /** In the trash. */
    public static final UUID adasForgottenErrand = id("ada9");

    public static final UUID gracesErrand = id("a9ad1");

    /** A provider key's row; what it says is encrypted was made by no keyset, so nobody can have the key. */
    public static final UUID adasProviderKey = id("adaa");

    private static UUID id(String end) {
        return UUID.fromString("01900000-0000-7000-8000-" + "0".repeat(12 - end.length()) + end);
    }

    private Fixtures() {}
}
