package io.parley.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Statistics;
import io.parley.contracts.Statistics.Count;
import io.parley.contracts.Statistics.Figures;
import io.parley.contracts.users.Administration;
import io.parley.contracts.users.Administration.AccountPatch;
import io.parley.contracts.users.Administration.Changed;
import io.parley.contracts.users.Sessions.Ended;
import io.parley.contracts.users.Users;
import io.parley.gateway.Callers;
import io.parley.gateway.TestGateway;
import io.parley.gateway.http.EntityTags;
import io.parley.kernel.Caller;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Patch;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdministrationRoutesTest {
    private static final String ADA = "/api/v1/admin/users/" + Callers.ADAS_ID;
    private static final Ended adasSession = new Ended(List.of(Callers.ADAS_SESSION));
    private final Deque<Record> asked = new ConcurrentLinkedDeque<>();
    private TestGateway house;

    @BeforeEach
    void open() {
        house = TestGateway.open();
        TestGateway.done(house.bus.answer(Users.FIND, find -> Future.succeededFuture(Callers.adasAccount)));
        TestGateway.done(house.bus.answer(
                Administration.LIST,
                list -> answering(list.caller(), list, new Page<>(List.of(Callers.adasAccount), null))));
        TestGateway.done(
                house.bus.answer(Administration.FIND, find -> answering(find.caller(), find, Callers.adasAccount)));
        TestGateway.done(house.bus.answer(
                Administration.UPDATE,
                update -> answering(update.caller(), update, new Changed(Callers.adasAccount, adasSession))));
        TestGateway.done(
                house.bus.answer(Administration.DELETE, delete -> answering(delete.caller(), delete, adasSession)));
        for (var module : Statistics.MODULES)
            TestGateway.done(house.bus.answer(
                    Statistics.of(module),
                    ask -> answering(ask.caller(), ask, new Figures(List.of(new Count(module, 3)), 4096, 1, 2))));
    }

    private <T extends Record> Future<T> answering(Caller caller, Record query, T answer) {
        caller.requireAdmin();
        asked.add(query);
        return Future.succeededFuture(answer);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void listsAccountsByFilters() {
        var response = asGrace("/api/v1/admin/users?q=ada&role=user&is_active=false&limit=10&order=asc");
        assertThat(TestGateway.problem(response).getJsonArray("items")).hasSize(1);
        assertThat(asked.getLast())
                .isEqualTo(new Administration.ListUsers(
                        Callers.grace,
                        new Administration.Filter("ada", Caller.Role.USER, false),
                        new PageRequest(null, 10, PageRequest.Order.ASC)));
    }

    @Test
    void listsAllWhereNothingIsSaid() {
        asGrace("/api/v1/admin/users");
        assertThat(asked.getLast())
                .isEqualTo(new Administration.ListUsers(
                        Callers.grace,
                        new Administration.Filter(null, null, null),
                        new PageRequest(null, 50, PageRequest.Order.DESC)));
    }

    @ParameterizedTest
    @CsvSource({"q=, q", "role=root, role", "is_active=yes, is_active", "is_active, is_active", "name=ada, name"})
    void refusesFiltersByName(String query, String pointer) {
        var response = asGrace("/api/v1/admin/users?" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).containsExactly(pointer);
    }

    @Test
    void readsAnAccountWithItsVersion() {
        var response = asGrace(ADA);
        assertThat(response.headers().firstValue("ETag")).hasValue(EntityTags.of(Callers.adasAccount));
        assertThat(TestGateway.problem(response).getString("email")).isEqualTo("ada@example.org");
    }

    @Test
    void endsTheSessionsOfAChangedAccountBeforeItAnswers() {
        assertThat(house.get("/api/v1/users/me").statusCode()).isEqualTo(200);
        var response = patch("{\"is_active\":false}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(TestGateway.problem(response).getString("id")).isEqualTo(Callers.ADAS_ID.toString());
        assertThat(house.get("/api/v1/users/me").statusCode()).isEqualTo(401);
        assertThat(asked.getLast())
                .isInstanceOfSatisfying(
                        Administration.Update.class,
                        update -> assertThat(update.patch())
                                .isEqualTo(new AccountPatch(Patch.absent(), Patch.to(false))));
    }

    @Test
    void endsTheSessionsOfARemovedAccountBeforeItAnswers() {
        assertThat(house.send(house.asGrace(ADA).DELETE()).statusCode()).isEqualTo(204);
        assertThat(house.get("/api/v1/users/me").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"role\":\"root\"}|/role",
                "{\"role\":null}|/role",
                "{\"is_active\":null}|/is_active",
                "{\"is_active\":\"true\"}|/is_active",
                "{\"email\":\"grace@example.org\"}|/email",
                "{\"is_superuser\":true}|/is_superuser"
            })
    void refusesAPatchWithAPointer(String body, String pointer) {
        var response = patch(body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).containsExactly(pointer);
    }

    @Test
    void joinsTheFiguresOfAllModules() {
        var stats = TestGateway.problem(asGrace("/api/v1/admin/stats"));
        assertThat(stats.fieldNames()).containsExactly("users", "conversations", "messages", "tasks", "bytes");
        assertThat(stats.getJsonObject("tasks"))
                .isEqualTo(
                        new JsonObject("{\"counts\":{\"tasks\":3},\"bytes\":4096,\"last_week\":1,\"last_month\":2}"));
        assertThat(stats.getLong("bytes")).isEqualTo(4 * 4096);
    }

    @Test
    void isForAdministrators() {
        for (var path : List.of("/api/v1/admin/users", ADA, "/api/v1/admin/stats"))
            assertThat(house.get(path).statusCode()).as(path).isEqualTo(403);
        assertThat(house.send("PATCH", ADA, "{}").statusCode()).isEqualTo(403);
        assertThat(house.send(house.asAda(ADA).DELETE()).statusCode()).isEqualTo(403);
        assertThat(asked).isEmpty();
    }

    private HttpResponse<String> asGrace(String path) {
        return house.send(house.asGrace(path));
    }

    private HttpResponse<String> patch(String body) {
        return house.send(house.asGrace(ADA)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body)));
    }
}
