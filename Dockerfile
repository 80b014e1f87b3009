# The mock by itself, in an image with nothing else in it.
#   docker build -t mock-server . && docker run --rm -p 127.0.0.1:4080:4080 mock-server
FROM rust:1.95-alpine AS build
# The cryptographic library is written in C.
RUN apk add --no-cache build-base cmake
WORKDIR /source
COPY . .
RUN cargo build --release --locked -p mock-server

FROM scratch
COPY --from=build /source/target/release/mock-server /mock-server
# Inside of a container, the loopback is reached by nobody; publish the port to a loopback address.
ENV MOCK_SERVER_LISTEN=0.0.0.0:4080
EXPOSE 4080
USER 65534
HEALTHCHECK --interval=2s --timeout=2s CMD ["/mock-server", "wait", "http://127.0.0.1:4080", "--timeout", "1"]
ENTRYPOINT ["/mock-server"]
