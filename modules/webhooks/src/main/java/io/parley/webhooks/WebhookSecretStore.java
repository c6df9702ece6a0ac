package io.parley.webhooks;

import io.parley.contracts.users.StoredSecrets.ListOutdated;
import io.parley.contracts.users.StoredSecrets.ListPlaces;
import io.parley.contracts.users.StoredSecrets.Outdated;
import io.parley.contracts.users.StoredSecrets.Place;
import io.parley.contracts.users.StoredSecrets.Places;
import io.parley.contracts.users.StoredSecrets.Replace;
import io.parley.contracts.users.StoredSecrets.Replaced;
import io.parley.contracts.users.StoredSecrets.Sealed;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.webhooks.delivery.SigningSecrets;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.UUID;

/** The SQL by which a rotation of the keyset encrypts the secrets anew. A webhook has up to two. */
final class WebhookSecretStore {
    private final Database database;

    WebhookSecretStore(Database database) {
        this.database = database;
    }

    Future<Places> places(ListPlaces query) {
        return database.acrossUsers()
                .query("""
                    SELECT user_id, id
                      FROM webhooks
                     WHERE (user_id, id) > (#{after_user_id}, #{after_id})
                     ORDER BY user_id, id
                     LIMIT #{limit}
                    """, WebhookSecretStore::place)
                .list(Parameters.of("after_user_id", query.after().userId())
                        .and("after_id", query.after().id())
                        .and("limit", query.limit()))
                .map(Places::new);
    }

    Future<Outdated> outdated(ListOutdated query) {
        return database.query(
                        """
                    SELECT user_id, id, encrypted_secret AS secret
                      FROM webhooks
                     WHERE user_id = #{user_id} AND id = ANY(#{ids}) AND substring(encrypted_secret FROM 1 FOR 5) <> #{prefix}
                    UNION ALL
                    SELECT user_id, id, previous_secret
                      FROM webhooks
                     WHERE user_id = #{user_id} AND id = ANY(#{ids}) AND substring(previous_secret FROM 1 FOR 5) <> #{prefix}
                     ORDER BY id
                    """,
                        row -> new Sealed(place(row), SigningSecrets.text(Buffer.buffer(Rows.bytes(row, "secret")))))
                .list(Parameters.of("user_id", query.userId())
                        .and("ids", query.ids().toArray(UUID[]::new))
                        .and("prefix", SigningSecrets.bytes(query.prefix())))
                .map(Outdated::new);
    }

    Future<Replaced> replace(Replace command) {
        return database.query("""
                    UPDATE webhooks
                       SET encrypted_secret = CASE WHEN encrypted_secret = #{outdated} THEN #{secret} ELSE encrypted_secret END,
                           previous_secret = CASE WHEN previous_secret = #{outdated} THEN #{secret} ELSE previous_secret END
                     WHERE user_id = #{user_id} AND id = #{id} AND #{outdated} IN (encrypted_secret, previous_secret)
                    """)
                .run(Parameters.of("user_id", command.outdated().place().userId())
                        .and("id", command.outdated().place().id())
                        .and("outdated", SigningSecrets.bytes(command.outdated().ciphertext()))
                        .and("secret", SigningSecrets.bytes(command.ciphertext())))
                .map(Replaced::new);
    }

    private static Place place(Row row) {
        return new Place(Rows.uuid(row, "user_id"), Rows.uuid(row, "id"));
    }
}
