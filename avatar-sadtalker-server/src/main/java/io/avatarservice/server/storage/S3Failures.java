package io.avatarservice.server.storage;

import io.avatarservice.server.storage.ObjectStoreException.Kind;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says what a failure of the AWS SDK means. */
final class S3Failures {

    private S3Failures() {}

    static <T> T explaining(Callable<T> call) {
        try {
            return call.call();
        } catch (AwsServiceException e) {
            throw new ObjectStoreException(kind(e), describe(e));
        } catch (SdkException e) {
            throw new ObjectStoreException(kind(e), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new ObjectStoreException(Kind.UNAVAILABLE, e.getClass().getSimpleName() + ": " + e.getMessage());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the AWS SDK throws no other checked exception", e);
        }
    }

    private static Kind kind(AwsServiceException e) {
        return switch (code(e)) {
            case "NoSuchKey" -> Kind.NO_OBJECT;
            case "NoSuchBucket" -> Kind.NO_BUCKET;
            case "RequestTimeout" -> Kind.UNAVAILABLE;
            default -> e.isThrottlingException() ? Kind.UNAVAILABLE : kind(e.statusCode());
        };
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 401, 403 -> Kind.DENIED;
            case 404 -> Kind.NO_OBJECT;
            case 408, 429 -> Kind.UNAVAILABLE;
            default -> status >= 500 ? Kind.UNAVAILABLE : Kind.REFUSED;
        };
    }

    /** The SDK has no type of its own for credentials that are nowhere. */
    private static Kind kind(SdkException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("unable to load credentials") ? Kind.DENIED : Kind.UNAVAILABLE;
    }

    private static String describe(AwsServiceException e) {
        return "S3 answered %d %s (request %s)".formatted(e.statusCode(), code(e), e.requestId());
    }

    private static String code(AwsServiceException e) {
        return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
                ? ""
                : e.awsErrorDetails().errorCode();
    }
}
