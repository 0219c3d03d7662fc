/**
 * What the reference knows of Unicode, whatever this JDK's version: its tables are of several, old ones most. They were asked
 * of the reference, code point by code point: {@code UnicodeTables} among the parity sources writes them anew, byte for byte, by
 * {@code mvn -q -Pparity -Dparity.tables=FOLDER}. {@code UnicodeTablesTest} holds them against the recorded classes.
 */
package io.lanewise.tokenizers.unicode;
