package io.parley.config.system.chat;

import static io.parley.testing.models.ModelScript.PROVIDERS_OWN_WORDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ModelHost;
import io.parley.config.system.harness.ParleyJar;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelExchange;
import io.parley.testing.models.ModelScript;
import io.parley.testing.models.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Provider keys, the server's and the users' own, appear nowhere, even if a provider repeats them. */
class ProviderKeysIT {
    private static final String SERVERS = "sk-the-servers-own-key-0123456789";
    private static final String ADAS = "sk-adas-own-key-9876543210";

    /** Provider failures whose text could contain the request. */
    private static final List<ModelScript> FAULTS = List.of(
            exchange -> exchange.refuse(401, "application/json", repeating(exchange)),
            exchange -> exchange.refuse(500, "text/plain", repeating(exchange)),
            exchange -> exchange.refuse(302, "text/plain", "", "Location", "/" + repeating(exchange)),
            exchange -> exchange.write(ModelEvents.error(repeating(exchange))).end(),
            exchange -> exchange.write("data: " + repeating(exchange) + "\n\n").end(),
            ModelExchange::cut,
            ModelScript.cutAfter(ModelEvents.role()));

    private static final ModelHost host = new ModelHost();
    private static final ScriptedModel model = host.model;
    private static ParleyJar jar;

    @BeforeAll
    static void start() {
        jar = ParleyJar.start(ParleyJar.freshData(), host.settings(Map.of("PARLEY_ASSISTANT_API_KEY", SERVERS)));
    }

    @AfterAll
    static void stop() {
        jar.close();
        host.close();
    }

    @Test
    void showsNothingOfTheServersKey() throws IOException {
        var grace = TestUser.registered(new ApiClient(jar.uri()), "grace").api();

        assertNothingShown(grace, SERVERS);
    }

    @Test
    void showsNothingOfAUsersOwnKey() throws IOException {
        var ada = TestUser.registered(new ApiClient(jar.uri()), "ada").api();
        ada.post(
                        "/api/v1/api-keys",
                        Json.object()
                                .put("provider", "default")
                                .put("key", ADAS)
                                .put("alias", "mine")
                                .toString())
                .expect(201);

        assertNothingShown(ada, ADAS);
    }

    private static void assertNothingShown(ApiClient owner, String key) throws IOException {
        for (var fault : FAULTS) {
            var chat = ChatConversation.start(owner);
            model.plays(fault);

            var answer = chat.send("Good morning, whispered Ada").expect(200);

            assertThat(Answers.of(model.next()).headers().get("Authorization")).isEqualTo("Bearer " + key);
            assertThat(answer.json().at("/turn/status").asText()).isEqualTo("failed");
            var turn = answer.json().at("/turn/id").asText();
            assertClean(answer.text());
            assertClean(chat.turn(turn).toString());
            assertClean(chat.follow(turn).toTheEnd().toString());
            assertClean(chat.messages().toString());
        }
        var log = Files.readString(jar.output());
        assertClean(log);
        assertThat(log).isNotEmpty().doesNotContain("whispered Ada");
    }

    private static void assertClean(String shown) {
        assertThat(shown).doesNotContain(SERVERS, ADAS, PROVIDERS_OWN_WORDS);
    }

    private static String repeating(ModelExchange exchange) {
        return PROVIDERS_OWN_WORDS + ": no access with " + exchange.headers().get("Authorization");
    }
}
