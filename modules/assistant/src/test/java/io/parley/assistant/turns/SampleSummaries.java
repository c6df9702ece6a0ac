package io.parley.assistant.turns;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.assistant.Summaries;
import io.parley.contracts.assistant.Summary;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem.Kind;
import io.parley.testing.Answers;
import io.parley.testing.models.ScriptedModel;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The conversation of {@link MessagesFake} that is summarised, and its summary. */
record SampleSummaries(Bus bus, MessagesFake talk) {
    /** About 25 tokens each. */
    static final String WORDS = " Word" + " word".repeat(19);

    Future<Summary> find() {
        return bus.ask(Summaries.FIND, new Summaries.Find(ada, adasTripPlan));
    }

    void assertNone() {
        assertThat(problemOf(find()).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    /** Numbered messages of the user and the assistant in turn. */
    void count(int from, int count) {
        for (int n = from; n < from + count; n++)
            talk.say(adasTripPlan, ada, MessagesFake.draft(n % 2 == 0 ? Role.USER : Role.ASSISTANT, n + "." + WORDS));
    }

    /** Three questions of the user with their answers. */
    void threeQuestions() {
        var texts = List.of("First?", "One.", "Second?", "Two.", "Third?", "Three.");
        for (int at = 0; at < texts.size(); at++)
            talk.say(adasTripPlan, ada, MessagesFake.draft(at % 2 == 0 ? Role.USER : Role.ASSISTANT, texts.get(at)));
    }

    Future<Summary> create(@Nullable UUID upTo) {
        return bus.ask(Summaries.CREATE, new Summaries.Create(ada, adasTripPlan, upTo));
    }

    /** What the model was sent since the last call. */
    static List<JsonObject> requests(ScriptedModel model) {
        var requests = new ArrayList<JsonObject>();
        while (model.hasNext()) requests.add(Answers.of(model.next()).body());
        return requests;
    }

    static String systemMessage(JsonObject prompt) {
        return prompt.getJsonArray("messages").getJsonObject(0).getString("content");
    }

    /** The contents of all messages but the first. */
    static List<String> spoken(JsonObject prompt) {
        return prompt.getJsonArray("messages").stream()
                .skip(1)
                .map(message -> ((JsonObject) message).getString("content"))
                .toList();
    }
}
