/** What Spring Boot makes of {@code lanewise.*} in an application's settings. */
package io.lanewise.springai.autoconfigure;
