package io.parley.assistant.models.openai;

import static io.parley.assistant.models.openai.Models.PATIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.ToolDescription;
import io.parley.assistant.models.openai.situations.FaultSituations;
import io.parley.assistant.models.openai.situations.ReasoningSituations;
import io.parley.assistant.models.openai.situations.Situation;
import io.parley.assistant.models.openai.situations.TextSituations;
import io.parley.assistant.models.openai.situations.ToolCallSituations;
import io.parley.assistant.models.openai.situations.UsageSituations;
import io.parley.kernel.Json;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.Repository;
import io.parley.testing.models.ScriptedModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What servers were seen to send. The README of the module names the source of each. */
@ExtendWith(BusExtension.class)
class WireSituationsTest {
    private static final Prompt PROMPT = new Prompt(
            "gpt-ada",
            Models.GREETING.messages(),
            List.of(Models.ADD_TASK, new ToolDescription("list_tasks", "Lists tasks", new Json("{}"))),
            ZoneOffset.UTC);

    private final Vertx vertx;
    private ScriptedModel server;

    WireSituationsTest(Vertx vertx) {
        this.vertx = vertx;
    }

    @BeforeEach
    void start() {
        server = ScriptedModel.start(vertx);
    }

    @AfterEach
    void close() {
        server.close();
    }

    static Stream<Situation> situations() {
        return Stream.of(
                        ToolCallSituations.all(),
                        FaultSituations.all(),
                        TextSituations.all(),
                        ReasoningSituations.all(),
                        UsageSituations.all())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("situations")
    void understands(Situation situation) {
        for (int size : new int[] {5, 100_000}) {
            server.plays(
                    exchange -> exchange.writeInChunksOf(size, situation.body()).end());
            var heard = new HeardText();
            var reply =
                    Models.model(vertx, server, PATIENT).generate(PROMPT, heard).reply();
            if (situation.failure() == null) check(situation, Answers.of(reply), heard);
            else assertThat(Models.kindOf(reply)).isEqualTo(situation.failure());
            assertThat(heard.text()).isEqualTo(situation.text());
        }
    }

    private static void check(Situation situation, ModelReply reply, HeardText heard) {
        assertThat(reply.text()).isEqualTo(situation.text());
        assertThat(reply.reasoning()).isEqualTo(situation.reasoning());
        assertThat(heard.reasoning()).isEqualTo(situation.reasoning() == null ? "" : situation.reasoning());
        assertThat(reply.toolCalls())
                .extracting(call -> call.name() + " " + call.arguments())
                .isEqualTo(situation.calls());
        assertThat(reply.finishReason()).isEqualTo(situation.finishReason());
        assertThat(reply.usage()).isEqualTo(situation.usage());
    }

    @Test
    void areListedInTheReadme() throws IOException {
        var readme = Files.readString(Repository.root().resolve("modules/assistant/README.md"));
        assertThat(situations()).allSatisfy(situation -> assertThat(readme).contains("| " + situation.name() + " |"));
    }
}
