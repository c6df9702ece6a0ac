package io.parley.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Problem.Fault;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredFormTest {
    private static final String TEXT = "must not contain a NUL character or an unpaired surrogate";
    private static final String KEY = "must not have a key with a NUL character or an unpaired surrogate";
    private static final String NUMBER = "must be a number within the range of a 64-bit float";

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":[\"\\ud83d\\ude00\",1.5,null,true]}", "0", "-0.0", "1.7e308", "4.9e-324", "\"\\u0001\""})
    void acceptsWhatComesBackUnchanged(String json) {
        StoredForm.check(StrictJson.parse(Buffer.buffer(json)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "\"\\u0000\"                      | ``     | " + TEXT,
                "{\"a\":[\"x\",\"\\ud83d\"]}      | /a/1   | " + TEXT,
                "{\"a\":{\"b/c\":\"\\ude00x\"}}   | /a/b~1c | " + TEXT,
                "{\"a\":{\"\\u0000\":1}}         | /a     | " + KEY,
                "{\"a\":1e309}                    | /a     | " + NUMBER,
                "[1e-400]                         | /0     | " + NUMBER
            })
    void refusesWhatWouldBeStoredAsSomethingElse(String json, String pointer, String detail) {
        var parsed = StrictJson.parse(Buffer.buffer(json));

        assertThat(Problems.of(() -> StoredForm.check(parsed)).faults()).isEqualTo(List.of(new Fault(pointer, detail)));
    }

    @Test
    void pointsIntoTheDocumentThatTheValueIsPartOf() {
        var parsed = StrictJson.parse(Buffer.buffer("[\"\\u0000\"]"));

        assertThat(Problems.of(() -> StoredForm.check("/metadata", parsed)).faults())
                .isEqualTo(List.of(new Fault("/metadata/0", TEXT)));
    }
}
