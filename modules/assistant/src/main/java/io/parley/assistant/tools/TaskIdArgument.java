package io.parley.assistant.tools;

import java.util.UUID;

/** The arguments of a tool that takes only the id of a task. */
record TaskIdArgument(UUID id) {
    static final String SCHEMA = """
            {
              "type": "object",
              "additionalProperties": false,
              "required": ["id"],
              "properties": {
                "id": {
                  "type": "string", "format": "uuid",
                  "description": "The id of the task, as list_tasks and add_task return it. Not its title or its number in a list."
                }
              }
            }
            """;
}
