package io.parley.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Connections for the start, whose failures an operator can read. */
public final class Jdbc {
    /** What is done with a connection that is closed afterwards. */
    public interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

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
                "the database server " + server + " refuses the user " + url.user()
                        + ", its password or its way of connecting";
            case "3D000" -> "there is no database " + url.database() + " on " + server;
            case "57P03", "53300" -> "the database server " + server + " takes no connections just now";
            default ->
                state.startsWith("08")
                        ? "the database server " + server + " cannot be reached as sslmode "
                                + url.tls().text() + " wants"
                        : "the database server " + server + " fails with SQLSTATE " + state;
        };
    }

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
