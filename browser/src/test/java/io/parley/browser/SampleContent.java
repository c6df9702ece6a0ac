package io.parley.browser;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.options.RequestOptions;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** What somebody could have in the app, for pictures of it. */
final class SampleContent {
    private static final String ANSWER = """
        Three days are enough for the old town, the river and one garden:

        | day | morning | afternoon |
        |---|---|---|
        | Friday | Alfama on foot | tram 28 to Estrela |
        | Saturday | Belém, before the queues | Jardim Botânico |
        | Sunday | Feira da Ladra | ferry to Cacilhas |

        1. **Book the tram tour** soon; it is full on Saturdays.
        2. Most museums are closed on *Mondays*.

        ```python
        def budget(days, per_day=85):
            return days * per_day
        ```

        I have added the tour to your tasks.
        """;

    private final Visitor visitor;
    private final String token;

    SampleContent(Visitor visitor) {
        this.visitor = visitor;
        this.token = visitor.token();
    }

    /** Returns the path of the conversation to look at. */
    String create() {
        for (var title : List.of("Fern care", "Translate a letter to Grace", "Notes on the Analytical Engine"))
            conversation(title, "Remind me of Lisbon when you answer.", "I will, when it fits.");
        tasks();
        trash();
        upload("packing-list.txt", "Raincoat, adapter, the good pen.");
        return conversation(
                "Three days in Lisbon", "What should I see in three days in Lisbon? I like gardens.", ANSWER);
    }

    private String conversation(String title, String question, String answer) {
        var id = Visitor.text(post("/conversations", Map.of("title", title)), "id");
        var messages = "/conversations/" + id + "/messages";
        post(messages, Map.of("role", "user", "content", question));
        post(messages, Map.of("role", "assistant", "content", answer, "model", "tern-1", "token_count", 240));
        return "/c/" + id;
    }

    private void tasks() {
        task("Book the tram tour", "high", -1, List.of("lisbon"));
        task("Water the ferns", "medium", 1, List.of("home"));
        task("Renew the passport", "medium", 12, List.of());
        task("Write to Grace about the punched cards and the order of operations", "low", 3, List.of("letters"));
    }

    private void task(String title, String priority, int due, List<String> tags) {
        post("/tasks", Map.of("title", title, "priority", priority, "due_date", Screenshots.day(due), "tags", tags));
    }

    private void trash() {
        var conversation = Visitor.text(post("/conversations", Map.of("title", "Old notes")), "id");
        delete("/conversations/" + conversation);
        var task = Visitor.text(post("/tasks", Map.of("title", "Return the library books")), "id");
        delete("/tasks/" + task);
        delete("/files/" + upload("draft.txt", "Dear Grace,"));
    }

    private String upload(String name, String content) {
        var options =
                options().setHeader("Content-Type", "application/octet-stream").setData(content);
        return Visitor.text(visitor.context.request().post("/api/v1/files?name=" + name, options), "id");
    }

    private APIResponse post(String path, Map<String, ?> json) {
        var answer = visitor.context.request().post("/api/v1" + path, options().setData(json));
        Assertions.assertThat(answer.ok()).as(answer.text()).isTrue();
        return answer;
    }

    private void delete(String path) {
        Assertions.assertThat(visitor.context
                        .request()
                        .delete("/api/v1" + path, options())
                        .ok())
                .isTrue();
    }

    private RequestOptions options() {
        return RequestOptions.create().setHeader("Authorization", "Bearer " + token);
    }
}
