package io.parley.postgres;

/** The roles that the connections of a server take with row-level security. Both can do less than the login that takes them. */
public enum DatabaseRole {
    /** Sees the rows of the one user whose id is in {@code parley.user_id}. */
    APP("parley_app"),
    /** Sees ids, times and sizes of all users' rows, but nothing that they wrote. */
    SYSTEM("parley_system");

    /** The setting of PostgreSQL with the id of the user whose rows a transaction may see. */
    public static final String USER_SETTING = "parley.user_id";

    /** The type of a parameter that sets the user of its statement. */
    public static final String USER_DOMAIN = "acting_user";

    private final String text;

    DatabaseRole(String text) {
        this.text = text;
    }

    /** Its name in PostgreSQL. */
    public String text() {
        return text;
    }
}
