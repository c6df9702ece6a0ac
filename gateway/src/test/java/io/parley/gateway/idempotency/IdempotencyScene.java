package io.parley.gateway.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.idempotency.Idempotency.Begin;
import io.parley.contracts.idempotency.Idempotency.StoredAnswer;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.gateway.http.EntityTags;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;

/** A gateway whose module idempotency is a fake, and requests of Ada with keys. */
final class IdempotencyScene {
    static final String TASKS = "/api/v1/tasks";
    static final String DRAFT = "{\"title\":\"Book the flight\"}";

    /** What the other modules were asked. */
    final Deque<Record> received = new ConcurrentLinkedDeque<>();

    final TestGateway gateway = TestGateway.open();
    final IdempotencyFake idempotency = new IdempotencyFake(gateway.bus);

    /** The answer of the module tasks. */
    volatile Future<Task> created = Future.succeededFuture(Fixtures.adasTask);

    static IdempotencyScene open() {
        var scene = new IdempotencyScene();
        TestGateway.await(scene.gateway.bus.answer(Tasks.CREATE, create -> {
            scene.received.add(create);
            return scene.created;
        }));
        TestGateway.await(scene.gateway.bus.answer(Messages.POST, post -> {
            scene.received.add(post);
            return Future.failedFuture(Problem.notFound("conversation"));
        }));
        return scene;
    }

    void close() {
        gateway.close();
    }

    void reset() {
        idempotency.reset();
        received.clear();
        created = Future.succeededFuture(Fixtures.adasTask);
    }

    Stream<String> fingerprints() {
        return idempotency.begun.stream().map(Begin::fingerprint);
    }

    static StoredAnswer storedTask(String body) {
        return new StoredAnswer(201, TASKS + "/" + Fixtures.TASK_ID, EntityTags.of(Fixtures.adasTask), body);
    }

    void assertRefused(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).containsExactly("Idempotency-Key");
        assertThat(idempotency.begun).noneMatch(begin -> begin.key().length() > 255);
    }

    HttpResponse<String> create(String key) {
        return send(TASKS, DRAFT, "Idempotency-Key", key);
    }

    /** With the key {@code k}. */
    HttpRequest.Builder keyed(String path, String body) {
        return gateway.asAda(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k")
                .POST(BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(String path, String body, String... headers) {
        var request =
                gateway.asAda(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) request.header(headers[i], headers[i + 1]);
        return gateway.send(request);
    }
}
