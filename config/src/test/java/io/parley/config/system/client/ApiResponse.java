package io.parley.config.system.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.List;

/** An HTTP response. */
public record ApiResponse(ApiRequest request, int status, HttpHeaders headers, String text) {

    public JsonNode json() {
        return Json.read(text);
    }

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public String contentType() {
        return header("Content-Type").split(";", 2)[0].strip();
    }

    /** Whether it is one JSON value, not lines of JSON. */
    public boolean isJson() {
        return contentType().matches("application/([a-z]+\\+)?json");
    }

    public boolean succeeded() {
        return status / 100 == 2;
    }

    /** The pointers of the errors in a problem. */
    public List<String> pointers() {
        return contentType().equals("application/problem+json")
                ? json().path("errors").findValuesAsText("pointer")
                : List.of();
    }

    public ApiResponse expect(int expected) {
        assertThat(status).as("%s answered %s", request, text).isEqualTo(expected);
        return this;
    }
}
