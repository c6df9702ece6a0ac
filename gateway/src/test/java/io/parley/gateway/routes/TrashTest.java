package io.parley.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Which;
import io.parley.contracts.tasks.Tasks;
import io.parley.gateway.Fixtures;
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
    private static final String CONVERSATION = "/api/v1/conversations/" + Fixtures.TASK_ID;
    private static final Deque<Record> received = new ConcurrentLinkedDeque<>();
    private static TestGateway gateway;

    @BeforeAll
    static void open() {
        gateway = TestGateway.open();
        TestGateway.await(gateway.bus.answer(Tasks.RESTORE, restore -> {
            received.add(restore);
            return Future.succeededFuture(Fixtures.adasTask);
        }));
        TestGateway.await(gateway.bus.answer(
                Conversations.RESTORE, restore -> Future.failedFuture(Problem.notFound("conversation"))));
        TestGateway.await(
                gateway.bus.answer(Messages.RESTORE, restore -> Future.failedFuture(Problem.forbidden("message"))));
        TestGateway.await(gateway.bus.answer(Tasks.LIST, TrashTest::nothing));
        TestGateway.await(gateway.bus.answer(Conversations.LIST, TrashTest::nothing));
        TestGateway.await(gateway.bus.answer(Messages.LIST_MINE, TrashTest::nothing));
        TestGateway.await(gateway.bus.answer(Messages.LIST_CONVERSATION, TrashTest::nothing));
        TestGateway.await(gateway.bus.answer(Messages.THREAD, TrashTest::nothing));
        TestGateway.await(gateway.bus.answer(Messages.BRANCH, TrashTest::nothing));
    }

    private static <T extends Record> Future<Page<T>> nothing(Record query) {
        received.add(query);
        return Future.succeededFuture(new Page<>(List.of(), null));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @Test
    void answersWithTheRestoredResource() {
        var response = gateway.send(
                gateway.asAda("/api/v1/tasks/" + Fixtures.TASK_ID + "/restore").POST(BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("ETag")).hasValue(EntityTags.of(Fixtures.adasTask));
        assertThat(TestGateway.json(response).getString("id")).isEqualTo(Fixtures.TASK_ID.toString());
        assertThat(received.getLast()).isEqualTo(new Tasks.Restore(Fixtures.ada, Fixtures.TASK_ID));
    }

    @ParameterizedTest
    @CsvSource({"conversations,404", "messages,403"})
    void answersWhyNothingIsRestored(String things, int status) {
        var path = "/api/v1/" + things + "/" + Fixtures.TASK_ID + "/restore";
        assertThat(gateway.send(gateway.asAda(path).POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void listsTheTrashOnRequest() {
        gateway.get("/api/v1/tasks?deleted=true");
        assertThat(received.getLast())
                .isInstanceOfSatisfying(
                        Tasks.ListMine.class, list -> assertThat(list.deleted()).isTrue());
        gateway.get("/api/v1/conversations?deleted=true");
        assertThat(received.getLast())
                .isInstanceOfSatisfying(
                        Conversations.ListMine.class,
                        list -> assertThat(list.deleted()).isTrue());
        gateway.get("/api/v1/messages?deleted=true");
        assertThat(received.getLast())
                .isInstanceOfSatisfying(
                        Messages.ListMine.class,
                        list -> assertThat(list.deleted()).isTrue());
        gateway.get(CONVERSATION + "/messages?deleted=true");
        assertThat(received.getLast())
                .isInstanceOfSatisfying(
                        Messages.ListConversation.class,
                        list -> assertThat(list.which()).isEqualTo(Which.DELETED));
    }

    @Test
    void listsLiveMessagesByDefault() {
        assertThat(gateway.get(CONVERSATION + "/messages").statusCode()).isEqualTo(200);
        assertThat(received.getLast())
                .isInstanceOfSatisfying(
                        Messages.ListConversation.class,
                        list -> assertThat(list.which()).isEqualTo(Which.CURRENT_BRANCH));
    }

    @Test
    void listsAllBranches() {
        assertThat(gateway.get(CONVERSATION + "/messages?branch=all").statusCode())
                .isEqualTo(200);
        assertThat(received.getLast())
                .isInstanceOfSatisfying(
                        Messages.ListConversation.class,
                        list -> assertThat(list.which()).isEqualTo(Which.ALL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "TRUE", "1"})
    void refusesAnythingButTrueAndFalse(String deleted) {
        var response = gateway.get("/api/v1/messages?deleted=" + deleted);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).containsExactly("deleted");
    }

    @Test
    void listsAThreadOrABranchInstead() {
        gateway.get(CONVERSATION + "/messages?limit=2&thread_of=" + Fixtures.ADAS_ID);
        assertThat(received.getLast()).isInstanceOfSatisfying(Messages.ListThread.class, thread -> {
            assertThat(thread.conversationId()).isEqualTo(Fixtures.TASK_ID);
            assertThat(thread.messageId()).isEqualTo(Fixtures.ADAS_ID);
            assertThat(thread.page().limit()).isEqualTo(2);
        });
        gateway.get(CONVERSATION + "/messages?leaf=" + Fixtures.ADAS_ID);
        assertThat(received.getLast())
                .isInstanceOfSatisfying(
                        Messages.ListBranch.class,
                        branch -> assertThat(branch.leafId()).isEqualTo(Fixtures.ADAS_ID));
    }

    @ParameterizedTest
    @CsvSource({
        "thread_of=019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b10&leaf=019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b10, leaf",
        "thread_of=019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b10&deleted=true, deleted",
        "leaf=019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b10&deleted=true, deleted",
        "branch=all&leaf=019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b10, branch",
        "branch=all&thread_of=019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b10, branch",
        "branch=all&deleted=true, branch",
        "branch=none, branch",
        "leaf=1, leaf"
    })
    void refusesThreadBranchAndTrashTogether(String query, String pointer) {
        var response = gateway.get(CONVERSATION + "/messages?" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).containsExactly(pointer);
    }
}
