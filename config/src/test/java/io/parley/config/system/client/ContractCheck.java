package io.parley.config.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** Checks a response against the contract. */
final class ContractCheck {
    private static final ApiContract contract = ApiContract.SERVED;

    /** Returns how the response violates the contract. */
    static List<String> breaches(ApiResponse answer) {
        return contract.serving(answer.request().method(), answer.request().path())
                .map(operation -> breaches(operation, answer))
                .orElseGet(() -> foreign(answer));
    }

    private static List<String> breaches(Operation operation, ApiResponse answer) {
        var response = operation.responses().get(answer.status());
        if (response == null) return List.of(operation + " does not declare the status " + answer.status());
        var breaches = new ArrayList<>(headers(response, answer));
        breaches.addAll(body(response.path("content"), answer));
        return breaches;
    }

    private static List<String> headers(JsonNode response, ApiResponse answer) {
        var breaches = new ArrayList<String>();
        response.path("headers").properties().forEach(header -> {
            var declared = contract.resolved(header.getValue());
            var sent = answer.headers().firstValue(header.getKey());
            if (sent.isEmpty() && declared.path("required").asBoolean()) breaches.add("no header " + header.getKey());
            sent.ifPresent(value -> breaches.addAll(contract.breaches(declared.get("schema"), typed(declared, value))));
        });
        return breaches;
    }

    private static JsonNode typed(JsonNode header, String value) {
        return header.at("/schema/type").asText().equals("integer") ? Json.read(value) : TextNode.valueOf(value);
    }

    private static List<String> body(JsonNode content, ApiResponse answer) {
        // Only the fields that were asked for are there.
        if (answer.request().target().contains("fields=") && answer.status() == 200) return List.of();
        if (content.isMissingNode()) return answer.text().isEmpty() ? List.of() : List.of("a body where none is");
        var declared = content.has(answer.contentType()) ? content.get(answer.contentType()) : content.get("*/*");
        if (declared == null) return List.of("does not declare the content type " + answer.contentType());
        var body = answer.isJson() ? answer.json() : TextNode.valueOf(answer.text());
        return contract.breaches(declared.get("schema"), body);
    }

    // The contract does not list unknown paths and methods, which get a problem, nor the assets of /docs.
    private static List<String> foreign(ApiResponse answer) {
        // Another contract, OpenAI's, which has its own tests.
        if (answer.request().path().startsWith("/v1")) return List.of();
        if (answer.status() < 400) return List.of();
        if (!answer.contentType().equals("application/problem+json")) return List.of("not a problem");
        return contract.breaches(contract.schema("Problem"), answer.json());
    }

    private ContractCheck() {}
}
