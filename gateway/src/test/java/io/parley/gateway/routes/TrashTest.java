package io.parley.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.tasks.Tasks;
import io.parley.gateway.Callers;
import io.parley.gateway.TestGateway;
import io.parley.gateway.http.EntityTags;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrashTest {
    private static final String CONVERSATION = "/api/v1/conversations/" + Callers.ERRAND;
    private static final Deque<Record> asked = new ConcurrentLinkedDeque<>();
    private static TestGateway house;

    @BeforeAll
    static void open() {
        house = TestGateway.open();
        TestGateway.done(house.bus.answer(Tasks.RESTORE, restore -> {
            asked.add(restore);
            return Future.succeededFuture(Callers.adasErrand);
        }));
        TestGateway.done(house.bus.answer(
                Conversations.RESTORE, restore -> Future.failedFuture(Problem.notFound("conversation"))));
        TestGateway.done(
                house.bus.answer(Messages.RESTORE, restore -> Future.failedFuture(Problem.forbidden("message"))));
        TestGateway.done(house.bus.answer(Tasks.LIST, TrashTest::nothing));
        TestGateway.done(house.bus.answer(Conversations.LIST, TrashTest::nothing));
        TestGateway.done(house.bus.answer(Messages.LIST_MINE, TrashTest::nothing));
        TestGateway.done(house.bus.answer(Messages.LIST_CONVERSATION, TrashTest::nothing));
        TestGateway.done(house.bus.answer(Messages.THREAD, TrashTest::nothing));
        TestGateway.done(house.bus.answer(Messages.BRANCH, TrashTest::nothing));
    }

    private static <T extends Record> Future<Page<T>> nothing(Record query) {
        asked.add(query);
        return Future.succeededFuture(new Page<>(List.of(), null));
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void givesBackWhatIsRestored() {
        var response = house.send(
                house.asAda("/api/v1/tasks/" + Callers.ERRAND + "/restore").POST(BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("ETag")).hasValue(EntityTags.of(Callers.adasErrand));
        assertThat(TestGateway.problem(response).getString("id")).isEqualTo(Callers.ERRAND.toString());
        assertThat(asked.getLast()).isEqualTo(new Tasks.Restore(Callers.ada, Callers.ERRAND));
    }

    @ParameterizedTest
    @CsvSource({"conversations,404", "messages,403"})
    void saysWhyItGivesNothingBack(String things, int status) {
        var path = "/api/v1/" + things + "/" + Callers.ERRAND + "/restore";
        assertThat(house.send(house.asAda(path).POST(BodyPublishers.noBody())).statusCode())
                .isEqualTo(status);
    }

    @Test
    void isListedWhereItIsAskedFor() {
        house.get("/api/v1/tasks?deleted=true");
        assertThat(asked.getLast())
                .isInstanceOfSatisfying(
                        Tasks.ListMine.class, list -> assertThat(list.deleted()).isTrue());
        house.get("/api/v1/conversations?deleted=true");
        assertThat(asked.getLast())
                .isInstanceOfSatisfying(
                        Conversations.ListMine.class,
                        list -> assertThat(list.deleted()).isTrue());
        house.get("/api/v1/messages?deleted=true");
        assertThat(asked.getLast())
                .isInstanceOfSatisfying(
                        Messages.ListMine.class,
                        list -> assertThat(list.deleted()).isTrue());
        house.get(CONVERSATION + "/messages?deleted=true");
        assertThat(asked.getLast())
                .isInstanceOfSatisfying(
                        Messages.ListConversation.class,
                        list -> assertThat(list.deleted()).isTrue());
    }

    @Test
    void isNotListedOtherwise() {
        assertThat(house.get(CONVERSATION + "/messages").statusCode()).isEqualTo(200);
        assertThat(asked.getLast())
                .isInstanceOfSatisfying(
                        Messages.ListConversation.class,
                        list -> assertThat(list.deleted()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "TRUE", "1"})
    void isNotListedForAnythingButTrue(String deleted) {
        var response = house.get("/api/v1/messages?deleted=" + deleted);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).containsExactly("deleted");
    }

    @Test
    void isPassedByForAThreadAndABranch() {
        house.get(CONVERSATION + "/messages?limit=2&thread_of=" + Callers.ADAS_ID);
        assertThat(asked.getLast()).isInstanceOfSatisfying(Messages.ListThread.class, thread -> {
            assertThat(thread.conversationId()).isEqualTo(Callers.ERRAND);
            assertThat(thread.messageId()).isEqualTo(Callers.ADAS_ID);
            assertThat(thread.page().limit()).isEqualTo(2);
        });
        house.get(CONVERSATION + "/messages?leaf=" + Callers.ADAS_ID);
        assertThat(asked.getLast())
                .isInstanceOfSatisfying(
                        Messages.ListBranch.class,
                        branch -> assertThat(branch.leafId()).isEqualTo(Callers.ADAS_ID));
    }

    @ParameterizedTest
    @CsvSource({
        "thread_of=019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b10&leaf=019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b10, leaf",
        "thread_of=019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b10&deleted=true, deleted",
        "leaf=019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b10&deleted=true, deleted",
        "leaf=1, leaf"
    })
    void isNotListedTogetherWithAThreadOrABranch(String query, String pointer) {
        var response = house.get(CONVERSATION + "/messages?" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).containsExactly(pointer);
    }
}
