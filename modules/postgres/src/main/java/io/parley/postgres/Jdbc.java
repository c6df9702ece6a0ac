package io.parley.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Short-lived JDBC connections for start-up and commands, whose failures tell the operator what is wrong. */
public final class Jdbc {
    /** Work on a connection that is closed afterwards. */
    public interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Runs the work on a connection of its own. Fails with {@link DatabaseException}. Blocks. */
    public static <T> T run(DatabaseUrl url, Work<T> work) {
        try (Connection connection = url.connect()) {
            return work.with(connection);
        } catch (SQLException failure) {
            throw new DatabaseException(reason(url, failure), failure);
        }
    }

    static String reason(DatabaseUrl url, SQLException failure) {
        String server = url.host() + ":" + url.port();
        String state = String.valueOf(failure.getSQLState());
        return switch (state) {
            case "28P01", "28000" ->
                "the database server " + server + " rejects the user " + url.user()
                        + ": check the user name, the password and pg_hba.conf";
            case "3D000" -> "the database " + url.database() + " does not exist on " + server;
            case "57P03", "53300" -> "the database server " + server + " accepts no connections at the moment";
            default ->
                state.startsWith("08")
                        ? "the database server " + server + " cannot be reached with sslmode="
                                + url.tls().text()
                        : "the database server " + server + " failed with SQLSTATE " + state;
        };
    }

    /** The value of a server setting. */
    public static String show(Connection connection, String setting) throws SQLException {
        try (var query = connection.prepareStatement("SELECT current_setting(?)")) {
            query.setString(1, setting);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private Jdbc() {}
}
