package io.parley.contracts.users;

/** Whether people have to show that they read mail to the address that they register with. */
public enum EmailVerification {
    OFF,
    /** They are sent a mail, but need not confirm it. */
    OPTIONAL,
    /** They cannot sign in before they have confirmed it. */
    REQUIRED
}
