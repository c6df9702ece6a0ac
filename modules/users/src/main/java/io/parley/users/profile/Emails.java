package io.parley.users.profile;

import io.parley.kernel.Problem;
import java.util.Locale;

/** E-mail addresses in the one form in which they are kept and looked up. */
final class Emails {
    /** In characters (RFC 5321, 4.5.3.1.3, less the angle brackets). */
    private static final int MAX_LENGTH = 254;

    /** Fails invalid where it is too long, which an address that was not may become: some letters are two in lower case. */
    static String normal(String email) {
        var normal = email.toLowerCase(Locale.ROOT);
        if (normal.codePointCount(0, normal.length()) > MAX_LENGTH)
            throw Problem.invalid("/email", "must be at most " + MAX_LENGTH + " characters long in lower case");
        return normal;
    }

    private Emails() {}
}
