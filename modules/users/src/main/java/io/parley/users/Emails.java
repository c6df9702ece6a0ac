package io.parley.users;

import java.util.Locale;

/** E-mail addresses in the one form in which they are kept and looked up. */
final class Emails {
    static String normal(String email) {
        return email.toLowerCase(Locale.ROOT);
    }

    private Emails() {}
}
