package io.parley.users.profile;

import io.parley.kernel.Problem;
import java.util.Locale;
import java.util.Map;

/** E-mail addresses in the form in which they are stored and looked up. */
public final class Emails {
    /** In characters (RFC 5321, 4.5.3.1.3, without the angle brackets). */
    private static final int MAX_LENGTH = 254;

    /** Translates the constraint that an address belongs to one account only. */
    public static final Map<String, Problem> TAKEN =
            Map.of("uq_users_email", Problem.conflict("/email", "An account with this e-mail address already exists."));

    /**
     * In lower case. Fails invalid if that is too long, which can happen to an address of a permitted length because some
     * letters become two in lower case.
     */
    public static String normalized(String email) {
        var normalized = email.toLowerCase(Locale.ROOT);
        if (normalized.codePointCount(0, normalized.length()) > MAX_LENGTH)
            throw Problem.invalid("/email", "must be at most " + MAX_LENGTH + " characters long in lower case");
        return normalized;
    }

    private Emails() {}
}
