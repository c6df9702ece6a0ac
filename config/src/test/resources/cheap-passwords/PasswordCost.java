package io.parley.users.signin;

/** Takes the place of the class in the jar: see CheapPasswords. */
public record PasswordCost(int kibibytes, int passes) {
    /** Not OWASP's: a hash costs a hundredth of a real one. */
    public static final PasswordCost OWASP = new PasswordCost(256, 1);
}
