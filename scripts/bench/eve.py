"""Eve itself with a few resources, over mongomock in place of MongoDB, behind waitress.

    python eve.py PORT DATA
"""
import json
import sys

# This file has the name of the package that it is about.
sys.path.pop(0)

import eve.flaskapp
import eve.io.mongo.flask_pymongo as flask_pymongo
import mongomock
import pymongo
from bson import ObjectId
from waitress import serve

port, data = int(sys.argv[1]), json.load(open(sys.argv[2], encoding="utf-8"))
pymongo.MongoClient = flask_pymongo.MongoClient = mongomock.MongoClient

ANYTHING = {"allow_unknown": True, "schema": {}}
settings = {
    "DOMAIN": {name: dict(ANYTHING, item_url='regex("[a-f0-9]{24}|[0-9]+")') for name in data},
    "MONGO_DBNAME": "bench",
    "RESOURCE_METHODS": ["GET", "POST"],
    "ITEM_METHODS": ["GET", "PATCH"],
    "IF_MATCH": False,
    "PAGINATION_DEFAULT": 25,
    "HATEOAS": False,
    "XML": False,
    "RENDERERS": ["eve.render.JSONRenderer"],
}
app = eve.flaskapp.Eve(settings=settings)
with app.app_context():
    for name, records in data.items():
        for record in records:
            fields = {key: value for key, value in record.items() if not key.startswith("_") and key != "id"}
            app.data.insert(name, [dict(fields, _id=ObjectId(record["id"]))])
serve(app, host="127.0.0.1", port=port, threads=4, _quiet=True)
