package io.parley.config.system.harness;

import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.embedded.EmbeddedPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Direct access to the embedded PostgreSQL of a running jar. */
public record JarDatabase(DatabaseUrl url) {
    public static JarDatabase of(ParleyJar jar) {
        return new JarDatabase(EmbeddedPostgres.attach(jar.data()).orElseThrow());
    }

    /** An empty database on the same server. */
    public JarDatabase empty(String name) {
        execute("CREATE DATABASE " + name);
        return new JarDatabase(url.withDatabase(name));
    }

    /** The value for the setting database.url. */
    public String setting() {
        return url.toString().replace("@", ":" + url.password().value() + "@");
    }

    public void execute(String sql) {
        try (var connection = url.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public List<String> read(String sql) {
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
