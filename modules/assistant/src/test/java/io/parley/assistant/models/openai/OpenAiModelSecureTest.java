package io.parley.assistant.models.openai;

import static io.parley.assistant.models.openai.Models.GREETING;
import static io.parley.assistant.models.openai.Models.PATIENT;
import static io.parley.assistant.models.openai.Models.kindOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.models.ModelFailure;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.models.ModelScript;
import io.parley.testing.models.ScriptedModel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(BusExtension.class)
class OpenAiModelSecureTest {
    private static final String PASSWORD = "changeit";

    private final Vertx vertx;
    private PfxOptions certificate;
    private ScriptedModel server;

    OpenAiModelSecureTest(Vertx vertx) {
        this.vertx = vertx;
    }

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        certificate = certificate(folder.resolve("server.p12"));
        server = ScriptedModel.start(vertx, new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate));
        server.plays(ModelScript.answer("Yes"));
    }

    private static PfxOptions certificate(Path file) throws Exception {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        int exit = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "localhost",
                        "-dname",
                        "CN=localhost",
                        "-keyalg",
                        "EC",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .start()
                .waitFor();
        assertThat(exit).isZero();
        return new PfxOptions().setPath(file.toString()).setPassword(PASSWORD);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void connectsToATrustedServer() {
        var reply = model(new HttpClientOptions().setTrustOptions(certificate)).generate(GREETING, piece -> {});
        assertThat(Answers.of(reply.reply()).text()).isEqualTo("Yes");
    }

    @Test
    void sendsNoKeyToAnUntrustedServer() {
        var reply = model(new HttpClientOptions()).generate(GREETING, piece -> {});
        assertThat(kindOf(reply.reply())).isEqualTo(ModelFailure.Kind.UNREACHABLE);
        assertThat(server.requests()).isZero();
    }

    private OpenAiModel model(HttpClientOptions options) {
        var http = ModelHttpClient.create(vertx, PATIENT, options);
        return new OpenAiModel(vertx, http, PATIENT, Models.provider(server.baseUrl()));
    }
}
