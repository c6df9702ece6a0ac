package io.parley.users.signin;

/**
 * What one hash of a password costs. The server always uses {@link #OWASP}: no setting changes it.
 *
 * @param kibibytes of memory
 * @param passes over that memory
 */
public record PasswordCost(int kibibytes, int passes) {
    /** 19 MiB and two passes, with one lane (OWASP Password Storage Cheat Sheet). */
    public static final PasswordCost OWASP = new PasswordCost(19 * 1024, 2);
}
