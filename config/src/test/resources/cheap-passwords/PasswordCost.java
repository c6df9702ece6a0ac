package io.parley.users.signin;

/** Takes the place of the class in the jar: see CheapPasswords. */
public record PasswordCost(int kibibytes, int passes) {
    /** Not OWASP's, unless the test wants it: a hash costs a hundredth of a real one. */
    public static final PasswordCost OWASP =
            Boolean.getBoolean("parley.passwords.real") ? new PasswordCost(19 * 1024, 2) : new PasswordCost(256, 1);
}
