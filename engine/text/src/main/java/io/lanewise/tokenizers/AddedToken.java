package io.lanewise.tokenizers;

import io.lanewise.json.Json;

/**
 * A token that is looked for in a text before anything else.
 *
 * @param content the text
 * @param singleWord whether it counts only where no word character stands beside it
 * @param stripsLeft whether it takes in the white space before it
 * @param stripsRight whether it takes in the white space behind it
 * @param normalized whether it is looked for in the normalized text, its content normalized, too
 * @param special whether it is none of the text's own words
 */
record AddedToken(String content, boolean singleWord, boolean stripsLeft, boolean stripsRight, boolean normalized,
        boolean special) {

    static AddedToken read(Json json) {
        json.get("id").count(); // asked for; the reference gives ids itself
        return new AddedToken(json.get("content").text(), json.get("single_word").bool(), json.get("lstrip").bool(),
                json.get("rstrip").bool(), json.get("normalized").bool(), json.get("special").bool());
    }

    /** Makes a special token that is looked for as it stands. */
    static AddedToken special(String content) {
        return new AddedToken(content, false, false, false, false, true);
    }
}
