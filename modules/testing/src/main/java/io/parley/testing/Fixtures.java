package io.parley.testing;

import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import java.util.UUID;

/**
 * Users whom all tests know, and what they own. They are in the database of every test class; no class sees what another
 * changes. They cannot sign in, because they have no passwords: a test that signs in registers a user.
 */
public final class Fixtures {
    public static final Caller ada = new Caller(id("ada0"), Role.USER);
    public static final Caller grace = new Caller(id("a9ace"), Role.USER);

    /** The only administrator. */
    public static final Caller margaret = new Caller(id("ad000"), Role.ADMIN);

    /** A user who is deactivated. */
    public static final Caller alan = new Caller(id("a1a00"), Role.USER);

    /** A conversation. */
    public static final UUID adasTripPlan = id("ada1");

    /** A conversation. */
    public static final UUID gracesDiary = id("a9acf");

    /** A conversation in the trash. */
    public static final UUID adasCancelledTrip = id("ada2");

    /** A message in the trip plan. */
    public static final UUID adasQuestion = id("ada3");

    /** A message in the trip plan: the assistant's reply to the question. */
    public static final UUID adasAnswer = id("ada4");

    /** A message in the trip plan, in the trash. */
    public static final UUID adasTypo = id("ada5");

    /** A message in the cancelled trip, not deleted itself. */
    public static final UUID adasFarewell = id("ada6");

    /** A message in the diary. */
    public static final UUID gracesEntry = id("a9ad0");

    /** A task that is linked to the trip plan. */
    public static final UUID adasBooking = id("ada7");

    /** A task without a link. */
    public static final UUID adasPacking = id("ada8");

    /** A task in the trash. */
    public static final UUID adasForgottenErrand = id("ada9");

    /** A task without a link. */
    public static final UUID gracesErrand = id("a9ad1");

    /** A provider key. Its ciphertext belongs to no keyset, so it cannot be decrypted. */
    public static final UUID adasProviderKey = id("adaa");

    private static UUID id(String end) {
        return UUID.fromString("01900000-0000-7000-8000-" + "0".repeat(12 - end.length()) + end);
    }

    private Fixtures() {}
}
