package io.parley.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.tasks.Tasks.TaskPatch;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.gateway.http.EntityTags;
import io.parley.kernel.Cursor;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Versions;
import io.parley.kernel.time.DayOrTime;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesTest {
    private static final String TASK = "/api/v1/tasks/" + Fixtures.TASK_ID;
    private static final Deque<Tasks.Update> updated = new ConcurrentLinkedDeque<>();
    private static TestGateway gateway;

    @BeforeAll
    static void open() {
        gateway = TestGateway.open();
        TestGateway.await(gateway.bus.answer(Tasks.FIND, find -> Future.succeededFuture(Fixtures.adasTask)));
        TestGateway.await(gateway.bus.answer(Tasks.CREATE, create -> Future.succeededFuture(Fixtures.adasTask)));
        TestGateway.await(gateway.bus.answer(Tasks.DELETE, delete -> Future.succeededFuture(None.NONE)));
        TestGateway.await(gateway.bus.answer(
                Tasks.LIST,
                list -> Future.succeededFuture(
                        new Page<>(List.of(Fixtures.adasTask), new Cursor(Fixtures.NOON, Fixtures.TASK_ID)))));
        TestGateway.await(gateway.bus.answer(Tasks.UPDATE, update -> {
            updated.add(update);
            return update.versions().any() || update.versions().listed().contains(Fixtures.NOON)
                    ? Future.succeededFuture(Fixtures.adasTask)
                    : Future.failedFuture(Problem.stale("task"));
        }));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @Test
    void hasTheFieldNamesOfTheContract() {
        var response = gateway.get(TASK);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.body())
                .isEqualTo(
                        "{\"id\":\"" + Fixtures.TASK_ID + "\",\"user_id\":\"" + Fixtures.ADAS_ID
                                + "\",\"conversation_id\":null,\"title\":\"Book the flight\",\"description\":null,"
                                + "\"status\":\"in_progress\",\"priority\":\"high\",\"due_date\":null,\"encrypted\":false,\"tags\":[],\"completed_at\":null,"
                                + "\"created_at\":\"2027-03-01T12:00:00.123456Z\",\"updated_at\":\"2027-03-01T12:00:00.123456Z\",\"deleted_at\":null}");
    }

    @Test
    void hasALocationWhenItIsCreated() {
        var response = gateway.send("POST", "/api/v1/tasks", "{\"title\":\"Book the flight\"}");
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Location")).hasValue(TASK);
        assertThat(response.headers().firstValue("ETag")).hasValue(tag());
    }

    @Test
    void isNotSentAgainToAClientThatHasIt() {
        var response = gateway.send(gateway.asAda(TASK).header("If-None-Match", "\"other\", W/" + tag()));
        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.headers().firstValue("ETag")).hasValue(tag());
        assertThat(response.body()).isEmpty();
        assertThat(gateway.send(gateway.asAda(TASK).header("If-None-Match", "\"other\""))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void isSentWithoutBodyForHead() {
        var response = gateway.send(gateway.asAda(TASK).method("HEAD", BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("ETag")).hasValue(tag());
        assertThat(response.body()).isEmpty();
    }

    @Test
    void isChangedIfItsVersionIsNamed() {
        assertThat(update("\"Other\" ,\t" + tag()).statusCode()).isEqualTo(200);
        assertThat(updated.getLast().versions()).isEqualTo(Versions.of(Fixtures.NOON));
    }

    @Test
    void isChangedIfAnyVersionIsAccepted() {
        assertThat(update("*").statusCode()).isEqualTo(200);
        assertThat(updated.getLast().versions()).isEqualTo(Versions.ANY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"zzz\"", "\"\"", "\"zzzzzzzzzzzzzzzzzzzz\"", "\"-1\"", "\"001\"", "\"a,b\", \"c\""})
    void isNotChangedIfAnotherVersionIsNamed(String ifMatch) {
        assertThat(update(ifMatch).statusCode()).isEqualTo(412);
    }

    @Test
    void isNotChangedIfTheTagIsWeak() {
        assertThat(update("W/" + tag()).statusCode()).isEqualTo(412);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "\"abc", "\"a\" \"b\"", "*, \"a\"", "\"a\",", ""})
    void isNotChangedIfTheHeaderIsMalformed(String ifMatch) {
        var response = update(ifMatch);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).containsExactly("If-Match");
    }

    @Test
    void isPatchedMemberByMember() {
        var body = "{\"description\":null,\"status\":\"in-progress\",\"due_date\":\"2027-03-01T13:00:00.5+01:00\"}";
        assertThat(gateway.send("PATCH", TASK, body).statusCode()).isEqualTo(200);
        assertThat(updated.getLast().patch())
                .isEqualTo(new TaskPatch(
                        Patch.absent(),
                        Patch.absent(),
                        Patch.to(null),
                        Patch.to(Task.Status.IN_PROGRESS),
                        Patch.absent(),
                        Patch.to(DayOrTime.at(Fixtures.NOON.plusNanos(500_000_000 - 123_456_000)))));
    }

    @Test
    void isPatchedByAMergePatchAsWell() {
        var request = gateway.asAda(TASK)
                .header("Content-Type", "application/merge-patch+json; charset=UTF-8")
                .method("PATCH", BodyPublishers.ofString("{}"));
        assertThat(gateway.send(request).statusCode()).isEqualTo(200);
        assertThat(updated.getLast().patch().title()).isEqualTo(Patch.absent());
    }

    @Test
    void isDeletedWithAnEmptyAnswer() {
        var response = gateway.send(gateway.asAda(TASK).DELETE());
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void isListedWithTheCursorOfTheNextPage() {
        var page = new JsonObject(gateway.get("/api/v1/tasks").body());
        assertThat(page.fieldNames()).containsExactly("items", "next_cursor");
        assertThat(page.getJsonArray("items")).hasSize(1);
        assertThat(Cursor.parse(page.getString("next_cursor"))).hasValue(new Cursor(Fixtures.NOON, Fixtures.TASK_ID));
    }

    private static HttpResponse<String> update(String ifMatch) {
        return gateway.send(gateway.asAda(TASK)
                .header("Content-Type", "application/json")
                .header("If-Match", ifMatch)
                .method("PATCH", BodyPublishers.ofString("{}")));
    }

    private static String tag() {
        return EntityTags.of(Fixtures.adasTask);
    }
}
