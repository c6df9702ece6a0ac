package io.parley.testing.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictModelTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "u",
                "s u a u",
                "u c1 r1 a",
                "u c1 r1 c2 r2 a u",
            })
    void accepts(String history) {
        assertThat(StrictModel.accepts(messages(history))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "a",
                "u s",
                "s s u",
                "u u",
                "u a a",
                "u c1",
                "u c1 a",
                "u c1 r2",
                "u r1",
                "u c1 r1 u",
                "u c1 r1 c1 r1",
                "u e",
            })
    void refuses(String history) {
        assertThat(StrictModel.accepts(messages(history))).isFalse();
    }

    private static List<JsonObject> messages(String history) {
        return List.of(history.split(" ")).stream()
                .filter(sign -> !sign.isEmpty())
                .map(StrictModelTest::message)
                .toList();
    }

    private static JsonObject message(String sign) {
        return switch (sign.charAt(0)) {
            case 's' -> new JsonObject().put("role", "system").put("content", "Be kind.");
            case 'u' -> new JsonObject().put("role", "user").put("content", "Hello");
            case 'a' -> new JsonObject().put("role", "assistant").put("content", "Hi");
            case 'e' -> new JsonObject().put("role", "assistant").putNull("content");
            case 'c' ->
                new JsonObject()
                        .put("role", "assistant")
                        .put(
                                "tool_calls",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("id", sign.substring(1))
                                                .put("function", new JsonObject().put("arguments", "{}"))));
            default -> new JsonObject().put("role", "tool").put("content", "{}").put("tool_call_id", sign.substring(1));
        };
    }
}
