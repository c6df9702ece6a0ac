package io.parley.bench.load;

import io.parley.bench.subject.Blocking;
import io.parley.postgres.DatabaseUrl;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.UUID;

/** Stores the conversations of {@link SeedData} that have messages again, encrypted: exports, deletes and imports them. */
public record EncryptedSeed(Client client, DatabaseUrl database) {
    /** @param messages how many there are */
    public void encrypt(int messages) throws SQLException {
        var done = new HashSet<UUID>();
        try (var connection = database.connect()) {
            for (int number = 0; number < messages; number++) {
                var user = SeedData.user(number);
                if (done.add(user)) encrypt(user, connection);
            }
        }
    }

    // Imports keep the ids, so the same requests find the same messages.
    private void encrypt(UUID user, Connection connection) throws SQLException {
        var owner = client.as(BenchToken.of(user));
        var conversations = conversations(owner);
        delete("DELETE FROM messages WHERE user_id = ?", user, connection);
        delete("DELETE FROM conversations WHERE user_id = ?", user, connection);
        var report = Blocking.await(owner.post("/import", new JsonObject().put("data", conversations)));
        if (report.getInteger("imported") != conversations.size()) throw new IllegalStateException(report.encode());
    }

    private static JsonArray conversations(Client owner) {
        var conversations = new JsonArray();
        Blocking.await(owner.fetch(HttpMethod.GET, "/export", null))
                .toString()
                .lines()
                .map(JsonObject::new)
                .filter(line -> "conversation".equals(line.getString("type")))
                .forEach(line -> conversations.add(line.put("encrypted", true)));
        return conversations;
    }

    private static void delete(String sql, UUID user, Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, user);
            statement.executeUpdate();
        }
    }
}
