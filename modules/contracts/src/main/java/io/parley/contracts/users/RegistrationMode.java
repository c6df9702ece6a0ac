package io.parley.contracts.users;

/** Who may register an account. */
public enum RegistrationMode {
    OPEN,
    INVITE,
    CLOSED
}
