package io.parley.config.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.Pages;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A file of conversations to import; one is so long that its messages are stored in several steps. */
final class ImportFile {
    static final int LINES = 40;
    static final int LONG_LINE = 20;

    private static final int MESSAGES = 50;
    private static final int MANY_MESSAGES = 450;

    private final String word = "cargo" + UUID.randomUUID().toString().replace("-", "");
    private final List<UUID> ids =
            Stream.generate(UUID::randomUUID).limit(LINES).toList();

    String document() {
        return IntStream.rangeClosed(1, LINES).mapToObj(this::line).collect(Collectors.joining("\n"));
    }

    private String line(int number) {
        var line = Json.object().put("id", ids.get(number - 1).toString()).put("title", String.valueOf(number));
        var messages = line.putArray("messages");
        texts(number).forEach(text -> messages.addObject().put("role", "user").put("content", text));
        return line.toString();
    }

    /** The text of the message at this index of the long line; it is unique. */
    String longLine(int place) {
        return texts(LONG_LINE).get(place);
    }

    private List<String> texts(int number) {
        return IntStream.range(0, number == LONG_LINE ? MANY_MESSAGES : MESSAGES)
                .mapToObj(place -> word + number + " says " + place)
                .toList();
    }

    /** Returns the lines that were imported; fails if one of them is incomplete in the lists, the export or the search. */
    List<Integer> foundWhole(ApiClient owner) {
        var listed = new TreeMap<Integer, List<String>>();
        for (var conversation : Pages.of(owner, "/api/v1/conversations", 100)) {
            var messages = "/api/v1/conversations/" + conversation.get("id").asText() + "/messages";
            assertThat(listed.put(number(conversation), contents(Pages.of(owner, messages, 200))))
                    .isNull();
        }
        assertThat(listed).allSatisfy((number, texts) -> assertThat(texts).isEqualTo(texts(number)));
        assertThat(exported(owner)).isEqualTo(listed);
        for (int number = 1; number <= LINES; number++)
            assertThat(finds(owner, number)).isEqualTo(listed.containsKey(number));
        assertThat(owner.get("/api/v1/conversations?deleted=true")
                        .expect(200)
                        .json()
                        .get("items"))
                .isEmpty();
        return List.copyOf(listed.keySet());
    }

    private static Map<Integer, List<String>> exported(ApiClient owner) {
        return owner.get("/api/v1/export")
                .expect(200)
                .text()
                .lines()
                .map(Json::read)
                .collect(Collectors.toMap(ImportFile::number, line -> contents(line.get("messages"))));
    }

    private boolean finds(ApiClient owner, int number) {
        return !owner.get("/api/v1/search?q=" + word + number)
                .expect(200)
                .json()
                .get("items")
                .isEmpty();
    }

    private static int number(JsonNode conversation) {
        return conversation.get("title").asInt();
    }

    private static List<String> contents(Iterable<JsonNode> messages) {
        return StreamSupport.stream(messages.spliterator(), false)
                .map(message -> message.get("content").asText())
                .toList();
    }
}
