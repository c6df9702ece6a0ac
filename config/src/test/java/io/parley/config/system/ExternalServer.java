package io.parley.config.system;

import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.embedded.EmbeddedPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The embedded PostgreSQL of a running jar, entered from outside. */
record ExternalServer(DatabaseUrl url) {
    static ExternalServer of(ParleyJar jar) {
        return new ExternalServer(EmbeddedPostgres.attach(jar.data()).orElseThrow());
    }

    /** An empty database on the same server. */
    ExternalServer empty(String name) {
        execute("CREATE DATABASE " + name);
        return new ExternalServer(url.withDatabase(name));
    }

    /** As the setting is written. */
    String setting() {
        return url.toString().replace("@", ":" + url.password().value() + "@");
    }

    void execute(String sql) {
        try (var connection = url.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    List<String> read(String sql) {
        try (var connection = url.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) values.add(rows.getString(1));
            return values;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
