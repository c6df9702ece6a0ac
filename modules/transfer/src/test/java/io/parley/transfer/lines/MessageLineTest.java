package io.parley.transfer.lines;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.contracts.messages.MessagePart;
import io.parley.json.StrictJson;
import io.parley.transfer.sources.SourceMessage;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageLineTest {
    private static final String FILE = "0198a1c2-7d3e-7f40-8a5b-6c7d8e9f0a1b";

    private static final String TEXT =
            "{'type':'text','text':'Look','file_id':null,'name':null,'media_type':null,'size':null}";

    @Test
    void readsThePartsOfAnExport() {
        var message = read("[" + TEXT + ",{'type':'file','text':null,'file_id':'" + FILE
                + "','name':'lake.png','media_type':'image/png','size':7}]");

        assertThat(message.parts())
                .containsExactly(
                        MessagePart.text("Look"), MessagePart.file(UUID.fromString(FILE), "lake.png", "image/png", 7));
        assertThat(message.metadata()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'type':'text','text':'Look'}]",
                "[{'type':'file','mediaType':'image/png','url':'data:image/png;base64,AAAA'}]",
                "[{'type':'file','text':null,'file_id':'file-123','name':'a','media_type':'image/png','size':7}]",
                "[{'type':'file','text':null,'file_id':'" + FILE + "','name':'a','media_type':'a b','size':7}]",
                "[{'type':'file','text':null,'file_id':'" + FILE + "','name':'a','media_type':'a/b','size':'7'}]",
                "[" + TEXT + ",{'type':'step-start'}]",
                "{'0':" + TEXT + "}",
                "'Look'",
                "[]"
            })
    void keepsWhatOthersCallPartsInTheMetadata(String parts) {
        var message = read(parts);

        assertThat(message.parts()).isNull();
        assertThat(message.content()).isEqualTo("Look");
        assertThat(message.metadata().get("parts")).isEqualTo(json(parts));
    }

    private static SourceMessage read(String parts) {
        return MessageLine.read(json("{'role':'user','content':'Look','parts':" + parts + "}"), false);
    }

    private static JsonNode json(String text) {
        return StrictJson.parse(Buffer.buffer(text.replace('\'', '"')));
    }
}
