/** What normalizers and pre-tokenizers look for: strings, regular expressions, and scanners for the well-known ones. */
package io.lanewise.tokenizers.patterns;
