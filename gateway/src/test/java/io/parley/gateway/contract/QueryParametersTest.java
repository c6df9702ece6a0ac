package io.parley.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {
    private static final Deque<Tasks.ListMine> received = new ConcurrentLinkedDeque<>();
    private static TestGateway gateway;

    @BeforeAll
    static void open() {
        gateway = TestGateway.open();
        TestGateway.await(gateway.bus.answer(Tasks.LIST, list -> {
            received.add(list);
            return Future.succeededFuture(new Page<>(List.of(), null));
        }));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @Test
    void hasTheDefaultsOfTheContract() {
        assertThat(gateway.get("/api/v1/tasks").body()).isEqualTo("{\"items\":[],\"next_cursor\":null}");
        assertThat(received.getLast())
                .isEqualTo(new Tasks.ListMine(
                        Fixtures.ada,
                        new Tasks.Filter(null, null, null, null, null, null),
                        new PageRequest(null, 50, PageRequest.Order.DESC)));
    }

    @Test
    void passesTypedValuesToTheModule() {
        var cursor = new Cursor(Fixtures.NOON, Fixtures.TASK_ID);
        var response = gateway.get("/api/v1/tasks?status=in-progress&priority=low&conversation_id=" + Fixtures.TASK_ID
                + "&due_before=2027-03-01T13:00:00.0000009%2B01:00&due_after=2027-03-01T12:00:00z&q=a+%C3%A9%26&limit=200&order=asc"
                + "&cursor=" + cursor.text());
        assertThat(response.statusCode()).isEqualTo(200);
        var noon = Instant.parse("2027-03-01T12:00:00Z");
        assertThat(received.getLast())
                .isEqualTo(new Tasks.ListMine(
                        Fixtures.ada,
                        new Tasks.Filter(
                                Task.Status.IN_PROGRESS, Task.Priority.LOW, Fixtures.TASK_ID, noon, noon, "a é&"),
                        new PageRequest(cursor, 200, PageRequest.Order.ASC)));
    }

    @ParameterizedTest
    @CsvSource({
        "colour=blue, colour",
        "limit=1&limit=2, limit",
        "limit=0, limit",
        "limit=201, limit",
        "limit=2147483648, limit",
        "limit=9223372036854775808, limit",
        "limit=1e1, limit",
        "limit=+5, limit",
        "limit=, limit",
        "limit, limit",
        "order=up, order",
        "status=done, status",
        "status=PENDING, status",
        "conversation_id=1-1-1-1-1, conversation_id",
        "due_before=2027-03-01, due_before",
        "due_before=0000-12-31T23:59:59Z, due_before",
        "due_before=2027-03-01T12:00:00+01:00, due_before",
        "q=, q",
        "q=%00, q",
        "cursor=abc, cursor",
        "cursor=f_______________________________, cursor",
        "q=%FF, q"
    })
    void namesTheInvalidParameter(String query, String pointer) {
        var response = gateway.get("/api/v1/tasks?" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).containsExactly(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "1-1-1-1-1", "019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b1", "%FF", "%20"})
    void isRefusedIfAPathHasNoId(String id) {
        var response = gateway.get("/api/v1/tasks/" + id);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).containsExactly("id");
    }
}
