package io.parley.gateway.routes.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.parley.gateway.http.EntityTags;
import io.parley.gateway.http.Problems;
import io.parley.json.JsonForm;
import io.parley.kernel.Json;
import io.parley.kernel.Resource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of the changes, in their order. */
record BatchResult(List<Part> results) {
    /**
     * What a single change would have been answered.
     *
     * @param location of what was created
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Part(
            int status,
            @Nullable String location,
            @Nullable String etag,
            @Nullable Json body,
            Problems.@Nullable Body problem) {
        static Part done() {
            return new Part(204, null, null, null, null);
        }

        static <T extends Record & Resource> Part of(int status, @Nullable String location, T resource) {
            var body = new Json(JsonForm.write(resource).toString());
            return new Part(status, location, EntityTags.of(resource), body, null);
        }

        static Part failed(Problems.Body problem) {
            return new Part(problem.status(), null, null, null, problem);
        }

        Part withoutBody() {
            return new Part(status, location, etag, null, problem);
        }

        int bytes() {
            return body == null ? 0 : body.bytes();
        }
    }
}
