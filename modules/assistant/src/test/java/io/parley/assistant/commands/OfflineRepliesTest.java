package io.parley.assistant.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parley.assistant.models.Generation;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.ToolCall;
import io.parley.assistant.tools.ToolRegistry;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Bus;
import io.parley.kernel.Json;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single replies of the offline model, without a tool that runs. */
@ExtendWith(BusExtension.class)
class OfflineRepliesTest {
    private final Vertx vertx;
    private final OfflineCommands commands;
    private final ToolRegistry tools;

    OfflineRepliesTest(Vertx vertx, Bus bus) {
        this.vertx = vertx;
        commands = new OfflineCommands(vertx, Clock.systemUTC());
        tools = new ToolRegistry(bus, Clock.systemUTC(), 6000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "{}",
                "[]",
                "null",
                "{\"tasks\": null}",
                "{\"tasks\": [null]}",
                "{\"tasks\": [{}]}"
            })
    void reportsAnUnreadableResult(String result) {
        var calls = new Json("[{\"id\": \"1\", \"function\": {\"name\": \"list_tasks\"}}]");
        var lines = List.of(
                new Prompt.Line(Role.USER, "list tasks", null, null),
                new Prompt.Line(Role.ASSISTANT, null, calls, null),
                new Prompt.Line(Role.TOOL, result, null, "1"));

        assertThat(reply(lines).text()).isEqualTo("That did not work: the result of the tool could not be read.");
    }

    @Test
    void callsNoToolAgainAfterAResultWithoutCall() {
        var lines = List.of(
                new Prompt.Line(Role.USER, "complete milk", null, null),
                new Prompt.Line(Role.ASSISTANT, null, new Json("[]"), null),
                new Prompt.Line(Role.TOOL, "{\"tasks\": [], \"next_cursor\": null}", null, "7"));

        assertThat(reply(lines))
                .returns(List.of(), ModelReply::toolCalls)
                .returns("That did not work: the result of the tool could not be read.", ModelReply::text);
    }

    @Test
    void ignoresInstructions() {
        var lines = List.of(
                new Prompt.Line(Role.SYSTEM, "Speak like a pirate.", null, null),
                new Prompt.Line(Role.USER, "list tasks", null, null));

        assertThat(reply(lines).toolCalls()).extracting(ToolCall::name).containsExactly("list_tasks");
    }

    @Test
    void passesOnTheTextInPiecesInTheCallersContext() {
        List<String> pieces = new CopyOnWriteArrayList<>();
        List<Context> contexts = new CopyOnWriteArrayList<>();
        var context = vertx.getOrCreateContext();
        Promise<ModelReply> done = Promise.promise();
        context.runOnContext(start -> commands.generate(prompt(List.of(user("help"))), piece -> {
                    pieces.add(piece);
                    contexts.add(Vertx.currentContext());
                })
                .reply()
                .onComplete(done));

        var reply = Answers.of(done.future());
        assertThat(pieces).hasSizeGreaterThan(3);
        assertThat(String.join("", pieces)).isEqualTo(reply.text());
        assertThat(contexts).containsOnly(context);
    }

    @Test
    void passesOnNoTextAfterCancel() {
        List<String> pieces = new CopyOnWriteArrayList<>();
        List<Generation> generations = new ArrayList<>();
        Promise<ModelReply> done = Promise.promise();
        vertx.getOrCreateContext().runOnContext(start -> {
            var generation = commands.generate(prompt(List.of(user("help"))), piece -> {
                pieces.add(piece);
                if (pieces.size() == 2) generations.get(0).cancel();
            });
            generations.add(generation);
            generation.reply().onComplete(done);
        });

        assertThat(catchThrowable(() -> Answers.of(done.future())))
                .isInstanceOfSatisfying(
                        ModelFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ModelFailure.Kind.CANCELLED));
        Answers.of(vertx.timer(50));
        assertThat(pieces).hasSize(2);
    }

    private ModelReply reply(List<Prompt.Line> lines) {
        return Answers.of(commands.generate(prompt(lines), piece -> {}).reply());
    }

    private static Prompt.Line user(String text) {
        return new Prompt.Line(Role.USER, text, null, null);
    }

    private Prompt prompt(List<Prompt.Line> lines) {
        return new Prompt(OfflineCommands.MODEL, lines, tools.descriptions(), ZoneOffset.UTC);
    }
}
