package io.parley.webhooks;

import static io.parley.testing.Fixtures.ada;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.StoredSecrets;
import io.parley.contracts.users.StoredSecrets.Place;
import io.parley.contracts.users.StoredSecrets.Sealed;
import io.parley.contracts.webhooks.Webhooks;
import io.parley.contracts.webhooks.Webhooks.WebhookDraft;
import io.parley.kernel.Bus;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The secrets of webhooks when the keyset of the server changes. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class WebhookSecretsTest {
    private final Bus bus;

    WebhookSecretsTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(new UsersFake().answer(bus));
        Answers.of(vertx.deployVerticle(new WebhooksVerticle(bus, database, new WebhookSettings(false))));
    }

    @Test
    void encryptsBothSecretsAnew() {
        var draft = new WebhookDraft("https://8.8.8.8/hook", List.of("*"), null, null);
        var id = Answers.of(bus.ask(Webhooks.CREATE, new Webhooks.Create(ada, draft, Origin.LOCAL)))
                .webhook()
                .id();
        Answers.of(bus.ask(Webhooks.ROTATE_SECRET, new Webhooks.Rotate(ada, id, Origin.LOCAL)));
        var places = Answers.of(bus.ask(
                        StoredSecrets.PLACES,
                        new StoredSecrets.ListPlaces(new Place(new UUID(0, 0), new UUID(0, 0)), 10)))
                .items();
        assertThat(places).containsExactly(new Place(ada.userId(), id));

        var outdated = outdated("other", id);
        assertThat(outdated).hasSize(2);
        assertThat(outdated(UsersFake.PREFIX, id)).isEmpty();
        for (var secret : outdated) {
            var renewed = "other" + text(secret).substring(UsersFake.PREFIX.length());
            assertThat(replace(secret, renewed)).isOne();
            assertThat(replace(secret, renewed)).isZero();
        }
        assertThat(outdated("other", id)).isEmpty();
    }

    private int replace(Sealed secret, String renewed) {
        return Answers.of(bus.ask(StoredSecrets.REPLACE, new StoredSecrets.Replace(secret, UsersFake.base64(renewed))))
                .rows();
    }

    private List<Sealed> outdated(String prefix, UUID id) {
        var query = new StoredSecrets.ListOutdated(UsersFake.base64(prefix), ada.userId(), List.of(id));
        return Answers.of(bus.ask(StoredSecrets.OUTDATED, query)).items();
    }

    private static String text(Sealed secret) {
        return new String(Base64.getDecoder().decode(secret.ciphertext()), StandardCharsets.UTF_8);
    }
}
