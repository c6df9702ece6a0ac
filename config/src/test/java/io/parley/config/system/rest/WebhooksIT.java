package io.parley.config.system.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ParleyJar;
import io.parley.config.system.harness.SharedJarExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A program that is called when something changes, from its webhook to the end of it. */
@ExtendWith(SharedJarExtension.class)
class WebhooksIT {
    private static final String WEBHOOKS = "/api/v1/webhooks";

    private record Call(String id, String timestamp, String signature, String body) {}

    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private HttpServer receiver;
    private volatile int status = 200;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            var headers = exchange.getRequestHeaders();
            calls.add(new Call(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void close() {
        receiver.stop(0);
    }

    @Test
    void callsWhenSomethingChanges(ParleyJar jar, ApiClient anonymous) throws Exception {
        var ada = TestUser.registered(anonymous, "ada");
        var made = ada.api().post(WEBHOOKS, draft("task.created")).expect(201);
        var secret = made.json().get("secret").asText();
        assertThat(ada.api().get(made.header("Location")).expect(200).text()).doesNotContain("secret");

        var task = ada.api()
                .post("/api/v1/tasks", "{\"title\":\"Water the ferns\"}")
                .expect(201);

        var call = next();
        assertThat(Json.read(call.body()).at("/type").asText()).isEqualTo("task.created");
        assertThat(Json.read(call.body()).at("/data/id").asText())
                .isEqualTo(task.json().get("id").asText());
        assertThat(call.body()).doesNotContain("ferns");
        assertThat(call.signature()).isEqualTo(signature(secret, call));
        assertThat(Files.readString(jar.output())).doesNotContain(secret);
    }

    @Test
    void signsWithBothSecretsAfterARotation(ApiClient anonymous) throws Exception {
        var ada = TestUser.registered(anonymous, "ada");
        var made = ada.api().post(WEBHOOKS, draft("*")).expect(201);
        var place = made.header("Location");
        var rotated = ada.api().post(place + "/rotate-secret", "").expect(200).json();

        ada.api().post(place + "/test", "").expect(202);

        var call = next();
        assertThat(call.signature())
                .isEqualTo(signature(rotated.get("secret").asText(), call) + " "
                        + signature(made.json().get("secret").asText(), call));
        assertThat(ada.api()
                        .get("/api/v1/users/me/security-events?type=webhook")
                        .json()
                        .findValuesAsText("type"))
                .containsExactly("webhook.secret_rotated", "webhook.created");
    }

    @Test
    void switchesOffWhatIsGoneAndSaysSo(ApiClient anonymous) throws Exception {
        status = 410;
        var ada = TestUser.registered(anonymous, "ada");
        var place = ada.api().post(WEBHOOKS, draft("*")).expect(201).header("Location");

        ada.api().post(place + "/test", "").expect(202);
        next();

        var mail = SharedJarExtension.MAILBOX.await(ada.email(), 1);
        assertThat(mail.text()).contains("switched off a webhook");
        assertThat(ada.api().get(place).json().get("disabled_reason").asText()).isEqualTo("gone");
        assertThat(ada.api()
                        .get(place + "/deliveries")
                        .json()
                        .at("/items/0/status")
                        .asInt())
                .isEqualTo(410);
        ada.api().post(place + "/test", "").expect(409);
    }

    private String draft(String event) {
        return "{\"url\":\"http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook\",\"events\":[\"" + event
                + "\"]}";
    }

    private Call next() throws InterruptedException {
        var call = calls.poll(20, TimeUnit.SECONDS);
        assertThat(call).as("a call").isNotNull();
        return call;
    }

    private static String signature(String secret, Call call) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
        var signed = call.id() + "." + call.timestamp() + "." + call.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    }
}
