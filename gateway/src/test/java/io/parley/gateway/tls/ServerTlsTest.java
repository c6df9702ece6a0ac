package io.parley.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.gateway.TestGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTlsTest {
    private static final long CHECK_MILLIS = 50;

    private static TestCertificate first;
    private static TestCertificate second;

    @TempDir
    private Path folder;

    private TestGateway gateway;

    @BeforeAll
    static void makeCertificates(@TempDir Path stores) {
        first = TestCertificate.make(stores, "first", "EC");
        second = TestCertificate.make(stores, "second", "RSA");
    }

    @BeforeEach
    void open() throws Exception {
        first.writeCertificate(files().certificate());
        first.writeKey(files().key());
        gateway = TestGateway.open(TestGateway.securedBy(new ServerTls(files(), CHECK_MILLIS)));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void speaksHttp2() throws Exception {
        var answer = get(client(first.certificate()), "/health/live");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(Version.HTTP_2);
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
    }

    @Test
    void answersErrorsOverHttp2AndGoesOn() throws Exception {
        var client = client(first.certificate());

        assertThat(get(client, "/api/v1/tasks").statusCode()).isEqualTo(401);
        assertThat(get(client, "/a//b").statusCode()).isEqualTo(400);
        assertThat(get(client, "/api/v1/nowhere").statusCode()).isEqualTo(404);
        assertThat(get(client, "/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void answersManyRequestsOfOneConnection() throws Exception {
        var client = client(first.certificate());
        get(client, "/health/live");

        var answers = IntStream.range(0, 100)
                .mapToObj(number -> client.sendAsync(request("/health/live"), BodyHandlers.ofString()))
                .toList();

        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        assertThat(answers).allMatch(answer -> answer.join().statusCode() == 200);
    }

    @Test
    void speaksHttp1AsWell() throws Exception {
        var client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .sslContext(trusting(first.certificate()))
                .build();

        assertThat(get(client, "/health/live").version()).isEqualTo(Version.HTTP_1_1);
    }

    @Test
    void speaksNoCipherSuiteWithoutForwardSecrecyAndAuthentication() throws Exception {
        second.writeCertificate(files().certificate());
        second.writeKey(files().key());
        try (var rsa = TestGateway.open(TestGateway.securedBy(new ServerTls(files())))) {
            var trusting = trusting(second.certificate());

            assertThat(handshake(trusting, rsa.port(), "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"))
                    .isEqualTo("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
            assertThatThrownBy(() -> handshake(trusting, rsa.port(), "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"))
                    .isInstanceOf(SSLException.class);
        }
    }

    private static String handshake(SSLContext context, int port, String suite) throws IOException {
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {suite});
            socket.startHandshake();
            return socket.getSession().getCipherSuite();
        }
    }

    @Test
    void usesRenewedFilesForNewConnections() throws Exception {
        var open = client(first.certificate());
        get(open, "/health/live");

        second.writeCertificate(files().certificate());
        second.writeKey(files().key());

        await(second.certificate());
        assertThat(get(open, "/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void keepsTheOldCertificateIfTheNewOneHasAnotherKey() throws Exception {
        second.writeCertificate(files().certificate());
        var tls = new ServerTls[1];

        assertThatThrownBy(() -> tls[0] = new ServerTls(files())).hasMessageContaining("private key");
        assertThat(get(client(first.certificate()), "/health/live").statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesFilesThatCannotBeUsed() throws Exception {
        assertThatThrownBy(() -> new ServerTls(new CertificateFiles(folder.resolve("none.crt"), files().key())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.crt does not exist");
        assertThatThrownBy(() -> new ServerTls(new CertificateFiles(files().key(), files().key())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private CertificateFiles files() {
        return new CertificateFiles(folder.resolve("server.crt"), folder.resolve("server.key"));
    }

    private void await(X509Certificate expected) throws Exception {
        var deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (!served().equals(expected)) assertThat(Instant.now()).isBefore(deadline);
    }

    private X509Certificate served() throws Exception {
        var session = get(client(first.certificate(), second.certificate()), "/health/live")
                .sslSession()
                .orElseThrow();
        return certificate(session);
    }

    private static X509Certificate certificate(SSLSession session) throws Exception {
        return (X509Certificate) session.getPeerCertificates()[0];
    }

    private static HttpClient client(X509Certificate... trusted) throws Exception {
        return HttpClient.newBuilder().sslContext(trusting(trusted)).build();
    }

    private static SSLContext trusting(X509Certificate... trusted) throws Exception {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        for (int at = 0; at < trusted.length; at++) store.setCertificateEntry("trusted-" + at, trusted[at]);
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + gateway.port() + path))
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    private HttpResponse<String> get(HttpClient client, String path) throws Exception {
        return client.send(request(path), BodyHandlers.ofString());
    }
}
