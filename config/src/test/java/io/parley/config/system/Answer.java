package io.parley.config.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.List;

/** What came back. */
record Answer(Request request, int status, HttpHeaders headers, String text) {

    JsonNode json() {
        return Json.read(text);
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    String contentType() {
        return header("Content-Type").split(";", 2)[0].strip();
    }

    /** One value of JSON, which lines of it are not. */
    boolean isJson() {
        return contentType().matches("application/([a-z]+\\+)?json");
    }

    boolean succeeded() {
        return status / 100 == 2;
    }

    /** What a problem names as being at fault. */
    List<String> pointers() {
        return contentType().equals("application/problem+json")
                ? json().path("errors").findValuesAsText("pointer")
                : List.of();
    }

    Answer expect(int expected) {
        assertThat(status).as("%s answered %s", request, text).isEqualTo(expected);
        return this;
    }
}
